package io.levin.cli.plan;

import io.levin.core.planner.Planner;
import io.levin.plan.Conflict;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Plans a file of requests: {@code levin plan --batch}. */
public final class PlanBatch {
  private PlanBatch() {}

  /**
   * Answers one line for each request; of the decisions, those about offers that fitted or refused.
   *
   * @param otherwise the place of requests that do not describe theirs
   * @return how many requests were refused
   */
  public static int run(Reader requests, Writer answers, Planner planner, Surroundings otherwise)
      throws IOException {
    return Batch.run(
        requests,
        answers,
        line -> {
          PlanRequest request = PlanRequest.read(line, otherwise);
          PlanReport report = planner.plan(request.arguments(), request.surroundings());
          if (request.conflicts().isEmpty()) {
            return PlanJson.brief(report);
          }
          List<Conflict> all = new ArrayList<>(request.conflicts());
          all.addAll(report.conflicts());
          return PlanJson.refusal(all);
        });
  }
}
