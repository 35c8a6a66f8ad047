package io.levin.boot;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;

/**
 * The first class of a distribution to run. Compiled for Java 8, so that an old Java says what it
 * lacks instead of failing on the version of a class file.
 */
public final class Boot {
  private static final double OLDEST = 17;

  private Boot() {}

  public static void main(String[] arguments) throws Exception {
    String java = System.getProperty("java.specification.version");
    if (Double.parseDouble(java) < OLDEST) {
      System.err.println("levin: Levin needs Java 17 or newer; this is Java " + java + ".");
      System.err.println("  It runs from " + System.getProperty("java.home") + ".");
      System.err.println("  Set JAVA_HOME to a JDK 17 or newer.");
      System.exit(1);
    }
    if (System.getProperty("levin.home") == null) {
      System.setProperty("levin.home", home());
    }
    try {
      Class.forName("io.levin.launcher.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (ClassNotFoundException e) {
      System.err.println("levin: '" + home() + "' is not a distribution of Levin: no launcher.");
      System.err.println("  Keep levin.jar beside its folder 'lib'.");
      System.exit(1);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    }
  }

  private static String home() throws URISyntaxException {
    File jar = new File(Boot.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return jar.getParentFile().getPath();
  }
}
