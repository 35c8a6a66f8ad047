package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
  @TempDir Path runs;

  private String claim(String id, int restart) throws IOException {
    return JobFolder.claim(runs, id, restart).getFileName().toString();
  }

  @Test
  void theNextStartOfAJobHasTheSameFolder() throws IOException {
    assertThat(claim("17_3", 0)).isEqualTo("job_17_3");
    assertThat(claim("17_3", 1)).isEqualTo("job_17_3");
    assertThat(claim("17_4", 0)).isEqualTo("job_17_4");
  }

  @Test
  void runsOfOneStartHaveFoldersInTheirOrderAtEveryStart() throws IOException {
    assertThat(claim("17", 0)).isEqualTo("job_17");
    assertThat(claim("17", 0)).isEqualTo("job_17-2");
    assertThat(claim("17", 2)).isEqualTo("job_17");
    assertThat(claim("17", 2)).isEqualTo("job_17-2");
    assertThat(claim("17", 2)).isEqualTo("job_17-3");
  }

  @Test
  void aFolderOfSomebodyElseIsLeftAlone() throws IOException {
    Files.createDirectory(runs.resolve("job_17"));
    assertThat(claim("17", 1)).isEqualTo("job_17-2");
  }

  @Test
  void onlyAFolderWithNothingElseLosesItsMark() throws IOException {
    Path folder = JobFolder.claim(runs, "17", 0);
    Files.createFile(folder.resolve("metrics.csv"));
    JobFolder.unmarkIfEmpty(folder);
    assertThat(folder.resolve(JobFolder.MARK)).exists();
    Files.delete(folder.resolve("metrics.csv"));
    JobFolder.unmarkIfEmpty(folder);
    assertThat(folder).isEmptyDirectory();
  }
}
