package io.levin.cli.plan;

import io.levin.core.planner.*;
import io.levin.plan.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class TryTest {
  @Test
  void go() throws Exception {
    List<Offered> offers = new ArrayList<>(OffersOnClassPath.find());
    if (offers.stream().noneMatch(o -> o.offer().name().equals("SLURMEnvironment")))
      offers.addAll(scratch.Envs.all());
    System.out.println(offers.size());
    Planner p = new Planner(offers);
    int bad = 0;
    var cases = Oracle.cases();
    for (int k = 0; k < 5; k++) {
      long t = System.nanoTime();
      for (var c : cases) p.plan(c.arguments(), c.surroundings());
      System.out.println("ms " + (System.nanoTime() - t) / 1e6);
    }
    Map<String, Integer> n = new TreeMap<>();
    for (var c : cases) {
      PlanReport r = p.plan(c.arguments(), c.surroundings());
      String diff = "";
      if (r.ok() == c.isRefused()) diff = "ok=" + r.ok();
      else if (r.ok()) {
        var j = PlanJson.of(r.plan().get());
        var it = c.row().path("expected").fields();
        while (it.hasNext()) {
          var e = it.next();
          if (!e.getValue().asText().equals(String.valueOf(j.get(e.getKey()))))
            diff += " " + e.getKey() + "=" + j.get(e.getKey());
        }
      }
      if (!diff.isEmpty()) {
        bad++;
        if (bad < 60) System.out.println(diff + " | " + c + " " + r.conflicts());
      }
      if (!r.ok()) n.merge(r.conflicts().size() + " conflicts", 1, Integer::sum);
    }
    System.out.println("BAD " + bad + " " + n);
  }
}
