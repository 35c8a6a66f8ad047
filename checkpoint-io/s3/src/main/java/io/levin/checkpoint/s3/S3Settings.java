package io.levin.checkpoint.s3;

/**
 * What may be configured under {@code io.levin.checkpoint.s3}; what is left out is the AWS SDK's to
 * find: credentials, region and endpoint in the environment, in {@code ~/.aws} or from the machine.
 */
@interface S3Settings {
  /** Of a store that is not Amazon's, for example {@code http://minio:9000}. */
  String endpoint() default "";

  String region() default "";

  /** Name of a profile in {@code ~/.aws}. */
  String profile() default "";

  /** How often a request is sent before it counts as failed. */
  int attempts() default 8;

  /** Whether the store knows If-Match and If-None-Match; without, the last writer wins. */
  boolean conditional() default true;

  /** How old what killed writers left must be to be removed. */
  int staleHours() default 24;
}
