package io.levin.examples.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.LevinException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkNamesTest {
  @TempDir Path modules;

  @Test
  void onlyTopLevelClassesCount() throws IOException {
    put("b.one/org/Outer.class", "b.one/org/Outer$Inner.class", "b.one/module-info.class");
    put("b.one/org/package-info.class", "b.one/org/notes.txt");
    assertThat(JdkNames.read(modules)).containsExactly(new ClassName("Outer", "b.one"));
  }

  @Test
  void aNameOfSeveralModulesBelongsToTheFirst() throws IOException {
    put("b.two/x/Util.class", "a.one/y/Util.class", "a.one/z/Util.class", "b.two/x/Other.class");
    assertThat(JdkNames.read(modules))
        .containsExactly(new ClassName("Other", "b.two"), new ClassName("Util", "a.one"));
  }

  @Test
  void smallModulesAreLeftOut() {
    List<ClassName> names =
        List.of(
            new ClassName("A", "one"),
            new ClassName("B", "one"),
            new ClassName("C", "two"),
            new ClassName("D", "two"),
            new ClassName("E", "three"));
    assertThat(JdkNames.ofLargeModules(names, 2)).extracting(ClassName::name).doesNotContain("E");
  }

  @Test
  void aTrimmedJdkIsRefusedWithAnotherWay() {
    List<ClassName> names = List.of(new ClassName("A", "java.base"));
    assertThatThrownBy(() -> JdkNames.ofLargeModules(names, 1))
        .isInstanceOfSatisfying(
            LevinException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.ENVIRONMENT);
              assertThat(e).hasMessageContaining("1 modules").hasMessageContaining("trimmed JDK");
              assertThat(e.hint()).contains("levin fit text --data DIR");
            });
  }

  @Test
  void thisJdkHasItsOwnNames() {
    List<ClassName> names = JdkNames.all();
    assertThat(names).contains(new ClassName("ArrayList", "java.base"));
    assertThat(names).extracting(ClassName::name).doesNotHaveDuplicates();
  }

  @Test
  void trigramsKnowTheEndsOfAName() {
    assertThat(ClassNames.trigrams("List")).containsExactlyInAnyOrder("^Li", "Lis", "ist", "st$");
    assertThat(ClassNames.trigrams("A")).containsExactly("^A$");
  }

  private void put(String... files) throws IOException {
    for (String file : files) {
      Path path = modules.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
  }
}
