package io.levin.it.s3;

import java.io.IOException;
import java.util.Arrays;

/** Runs a program until whoever started it is gone: it reads what nobody writes. */
public final class ServerProcess {
  private ServerProcess() {}

  /**
   * @param args the class whose main is run, and its arguments
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  continue;
                }
              } catch (IOException e) {
                // gone as well
              }
              Runtime.getRuntime().halt(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }
}
