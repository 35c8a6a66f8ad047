package io.levin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfTest {
  @TempDir Path folder;

  @Test
  void readsVariablesAsShellsWriteThem() throws IOException {
    assertThat(
            WhatIf.variables(
                file("# a job\n\nSLURM_NTASKS=2\nexport A='b c'\nEMPTY=\nURL=\"http://x?y=z\"\n")))
        .isEqualTo(Map.of("SLURM_NTASKS", "2", "A", "b c", "EMPTY", "", "URL", "http://x?y=z"));
  }

  @Test
  void namesTheLineThatIsNoVariable() throws IOException {
    String file = file("A=1\nsrun python\n");
    assertThatThrownBy(() -> WhatIf.variables(file))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessage("Line 2 of '%s' is no variable: 'srun python'.", file);
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> WhatIf.variables("nowhere.env"))
        .hasMessage("There is no file 'nowhere.env'.");
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("job.env"), content).toString();
  }
}
