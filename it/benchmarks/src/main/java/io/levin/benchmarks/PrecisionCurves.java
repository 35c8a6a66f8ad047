package io.levin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains the class-name example in every precision by the command line, and draws the curves. */
public final class PrecisionCurves {
  private static final int EPOCHS = 5;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 520;
  private static final int LEFT = 60;
  private static final int RIGHT = 400;
  private static final int EDGE = 50;

  private final Map<String, List<double[]>> curves = new LinkedHashMap<>();

  private PrecisionCurves() {}

  /** One argument: the SVG file to write. The table is printed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrecisionCurves curves = new PrecisionCurves();
    System.out.println("| arguments | val_loss | val_acc |\n|---|---|---|");
    for (String line : Line.PRECISIONS) {
      curves.train(line);
    }
    Files.writeString(Path.of(arguments[0]), curves.draw());
  }

  private void train(String line) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("levin-curves");
    Path levin =
        Path.of(
            System.getProperty("levin.benchmarks"), "../../bundles/runtime/target/levin/bin/levin");
    List<String> command = new ArrayList<>(List.of(levin.toString(), "fit", "class-names"));
    command.addAll(
        List.of(
            "--seed", "1", "--max-epochs", "" + EPOCHS, "--default-root-dir", folder.toString()));
    command.addAll(List.of(line.split(" ")));
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(line + ": " + Files.readString(said));
    }
    List<String> rows = Files.readAllLines(folder.resolve("levin_runs/version_0/metrics.csv"));
    List<String> names = List.of(rows.get(0).split(",", -1));
    List<double[]> points = new ArrayList<>();
    String accuracy = "";
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      String loss = cells[names.indexOf("val_loss")];
      if (!loss.isEmpty()) {
        points.add(
            new double[] {
              Double.parseDouble(cells[names.indexOf("step")]), Double.parseDouble(loss)
            });
        accuracy = cells[names.indexOf("val_acc")];
      }
    }
    curves.put(line, points);
    double loss = points.get(points.size() - 1)[1];
    System.out.printf(
        Locale.ROOT, "| `%s` | %.4f | %.4f |%n", line, loss, Double.parseDouble(accuracy));
  }

  private String draw() {
    double low = Double.MAX_VALUE;
    double high = 0;
    double steps = 0;
    for (List<double[]> points : curves.values()) {
      for (double[] point : points) {
        low = Math.min(low, point[1]);
        high = Math.max(high, point[1]);
        steps = Math.max(steps, point[0]);
      }
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='13'>\n<rect width='100%%' height='100%%' fill='white'/>\n"
            .formatted(WIDTH, HEIGHT));
    text(svg, LEFT, 24, "class-names: validation loss by step, in every precision");
    for (int i = 0; i <= 4; i++) {
      double value = low + (high - low) * i / 4;
      double y = y(value, low, high);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>%n",
              LEFT,
              WIDTH - RIGHT,
              y,
              y));
      text(svg, 12, y + 4, String.format(Locale.ROOT, "%.3f", value));
    }
    int index = 0;
    for (Map.Entry<String, List<double[]>> curve : curves.entrySet()) {
      String colour =
          "hsl(%d,70%%,%d%%)".formatted(index * 360 / curves.size(), 35 + index % 3 * 10);
      StringBuilder path = new StringBuilder();
      for (double[] point : curve.getValue()) {
        double x = LEFT + (WIDTH - RIGHT - LEFT) * point[0] / steps;
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(point[1], low, high)));
      }
      String dash = index % 2 == 0 ? "" : " stroke-dasharray='6 3'";
      svg.append(
          "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'%s/>%n"
              .formatted(path.toString().strip(), colour, dash));
      double row = EDGE + 6 + index * 24;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='%s' stroke-width='2'%s/>%n",
              WIDTH - RIGHT + 20,
              WIDTH - RIGHT + 50,
              row,
              row,
              colour,
              dash));
      text(svg, WIDTH - RIGHT + 58, row + 4, curve.getKey().replace("--plugins ", ""));
      index++;
    }
    text(svg, LEFT, HEIGHT - 14, "step 0");
    text(svg, WIDTH - RIGHT - 60, HEIGHT - 14, "step %.0f".formatted(steps));
    return svg.append("</svg>\n").toString();
  }

  private static double y(double value, double low, double high) {
    return HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * (value - low) / (high - low);
  }

  private static void text(StringBuilder svg, double x, double y, String text) {
    svg.append(String.format(Locale.ROOT, "<text x='%.1f' y='%.1f'>%s</text>%n", x, y, text));
  }
}
