package io.levin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  @TempDir Path folder;

  private Dictionary<String, Object> read(String name, String content) throws IOException {
    return SettingsFile.of(Files.writeString(folder.resolve(name), content)).orElseThrow().read();
  }

  @Test
  void aFileIsNamedAfterWhomItIsFor() {
    assertThat(SettingsFile.of(Path.of("a.b.C.yaml")).orElseThrow().pid()).isEqualTo("a.b.C");
    SettingsFile one = SettingsFile.of(Path.of("a.b~first.json")).orElseThrow();
    assertThat(one.pid()).isEqualTo("a.b");
    assertThat(one.name()).contains("first");
    assertThat(SettingsFile.of(Path.of("notes.txt"))).isEmpty();
    assertThat(SettingsFile.of(Path.of(".C.yaml.swp"))).isEmpty();
  }

  @Test
  void valuesKeepTheirTypes() throws IOException {
    Dictionary<String, Object> settings =
        read("x.yaml", "service.ranking: 100\nrate: 0.5\nname: a\non: true\nhosts: [a, b]\n");
    assertThat(Collections.list(settings.keys())).hasSize(5);
    assertThat(settings.get("service.ranking")).isEqualTo(100);
    assertThat(settings.get("rate")).isEqualTo(0.5);
    assertThat(settings.get("name")).isEqualTo("a");
    assertThat(settings.get("hosts")).isEqualTo(new String[] {"a", "b"});
    assertThat(read("x.json", "{\"service.ranking\": 7}").get("service.ranking")).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service.ranking: high | service.ranking is 'high', but must be a whole number",
        "a: {b: 1} | a must be a text, a number, true, false, or a list",
        "a: [1, x] | the list a holds values of different kinds",
        "just words | it holds no names and values",
        "a: [1 | line 1: ",
      })
  void mistakesAreNamed(String content, String reason) {
    assertThatThrownBy(() -> read("x.yaml", content))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(reason);
  }
}
