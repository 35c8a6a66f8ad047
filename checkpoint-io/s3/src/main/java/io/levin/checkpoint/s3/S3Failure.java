package io.levin.checkpoint.s3;

import io.levin.LevinException;
import io.levin.LevinException.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what a store or the way to it has against a request, and what to do. */
final class S3Failure {
  private static final String GO_ON =
      "What was there before is unharmed; --ckpt-path last goes on from it.";

  private final SdkException cause;
  private final String what;
  private final String server;

  private S3Failure(SdkException cause, String what, String server) {
    this.cause = cause;
    this.what = what;
    this.server = server;
  }

  /**
   * @param what failed, for example {@code 's3://bucket/last.ckpt' could not be written}
   * @param server address of the store; empty for Amazon's own
   */
  static LevinException of(SdkException cause, String what, String server) {
    S3Failure failure =
        new S3Failure(cause, what, server.isEmpty() ? "Amazon S3" : "the store at " + server);
    return cause instanceof AwsServiceException answer
        ? failure.answered(answer)
        : failure.unanswered();
  }

  /** The store's own name for what is wrong; its status where it gave none. */
  static String code(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? Integer.toString(answer.statusCode()) : code;
  }

  private LevinException answered(AwsServiceException answer) {
    String code = code(answer);
    int status = answer.statusCode();
    String facts = "%s answers %d %s".formatted(server, status, code);
    if (code.equals("NoSuchBucket")) {
      return failed(
          Kind.USER, "there is no such bucket at " + server, "Create it, or look at the address.");
    }
    if (code.toLowerCase(Locale.ROOT).contains("expired")) {
      return failed(
          Kind.ENVIRONMENT,
          "the credentials have expired (%s)".formatted(facts),
          "Get fresh ones. " + GO_ON);
    }
    if (status == 401 || status == 403) {
      return failed(
          Kind.ENVIRONMENT,
          facts,
          "Look at the credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE) and"
              + " at what they may do in this bucket.");
    }
    if (status == 301 || status == 307 || status == 400) {
      return failed(
          Kind.ENVIRONMENT,
          "%s: %s".formatted(facts, message(answer)),
          "Look at the region (AWS_REGION) and the endpoint (AWS_ENDPOINT_URL).");
    }
    if (status == 501) {
      return failed(
          Kind.ENVIRONMENT,
          "%s: %s".formatted(facts, message(answer)),
          "If it knows no conditional writes, set 'conditional' of io.levin.checkpoint.s3 to false.");
    }
    if (status >= 500) {
      return failed(
          Kind.RESOURCE,
          "%s, %d times".formatted(facts, attempts()),
          "It is overloaded or down: try again later. " + GO_ON);
    }
    return failed(Kind.RESOURCE, "%s: %s".formatted(facts, message(answer)), GO_ON);
  }

  private static String message(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? String.valueOf(answer.getMessage())
        : answer.awsErrorDetails().errorMessage();
  }

  private LevinException unanswered() {
    if (cause instanceof AbortedException) {
      Thread.currentThread().interrupt();
      return failed(Kind.RESOURCE, "it was interrupted", GO_ON);
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("credentials")) {
      return failed(
          Kind.ENVIRONMENT,
          "there are no credentials for " + server,
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.");
    }
    if (message.contains("region")) {
      return failed(Kind.ENVIRONMENT, "no region is set", "Set AWS_REGION.");
    }
    Throwable root = root();
    String why =
        root instanceof ConnectException
            ? "%s refuses the connection".formatted(server)
            : root instanceof UnknownHostException
                ? "%s is not known: %s".formatted(server, root.getMessage())
                : "the connection to %s broke: %s".formatted(server, root.getMessage());
    return failed(
        Kind.RESOURCE,
        "%s, %d times".formatted(why, attempts()),
        "Look at the network and at AWS_ENDPOINT_URL. " + GO_ON);
  }

  private Throwable root() {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private int attempts() {
    return Math.max(1, cause.numAttempts() == null ? 1 : cause.numAttempts());
  }

  private LevinException failed(Kind kind, String why, String hint) {
    return new LevinException(kind, "%s: %s.".formatted(what, why), hint, cause);
  }
}
