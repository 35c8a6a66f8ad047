package io.levin.logger.builtin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the report says of one metric. */
final class CurveFacts {
  private CurveFacts() {}

  static Map<String, Object> of(String name, Series series) {
    List<Series.Point> points = series.points();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", name);
    facts.put("chart", ChartName.of(name));
    facts.put("last", series.last().value());
    facts.put("lastStep", series.last().step());
    facts.put("notFinite", series.notFinite());
    facts.put("firstNotFinite", series.firstNotFinite());
    facts.put("low", series.low());
    facts.put("high", series.high());
    facts.put("steps", points.stream().map(Series.Point::step).toList());
    // Seven digits are more than a screen shows, and halve the page.
    facts.put("values", points.stream().map(point -> brief(point.value())).toList());
    return facts;
  }

  /** A float where one can hold it: a double beyond its range stays as it is. */
  private static Number brief(double value) {
    float brief = (float) value;
    boolean fits = Float.isFinite(brief) && (brief != 0 || value == 0);
    return fits ? (Number) brief : (Number) value;
  }
}
