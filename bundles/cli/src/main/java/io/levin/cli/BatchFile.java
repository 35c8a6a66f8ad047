package io.levin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of requests for {@code --batch}; {@code -} is standard input. */
final class BatchFile {

  /** What answers the requests. */
  interface Answering {
    void run(Reader requests, Writer answers) throws IOException;
  }

  private BatchFile() {}

  static void answer(String file, PrintStream out, Answering answering) {
    try (Reader requests = open(file)) {
      Writer answers = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
      answering.run(requests, answers);
      answers.flush();
    } catch (NoSuchFileException e) {
      throw new MisconfigurationException(
          "There is no file '%s'.".formatted(file), "Check the path given to --batch.");
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot read '%s': %s.".formatted(file, e), "Give a text file of JSON lines.", e);
    }
  }

  private static Reader open(String file) throws IOException {
    return file.equals("-")
        ? new InputStreamReader(System.in, UTF_8)
        : Files.newBufferedReader(Path.of(file));
  }
}
