package io.levin.checkpoint.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the client. It has no threads and no connections of its own, so nobody need close it. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private S3Clients() {}

  static S3Client of(S3Settings settings) {
    String endpoint = endpoint(settings);
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            // Checksums are our own: those of the SDK frame the body in a way that not all know.
            // With it, this client loses what the store says when it refuses.
            .serviceConfiguration(s3 -> s3.expectContinueEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                configuration ->
                    configuration.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(settings.attempts()).build()));
    if (!settings.profile().isEmpty()) {
      builder.credentialsProvider(
          DefaultCredentialsProvider.builder().profileName(settings.profile()).build());
    }
    if (!endpoint.isEmpty()) {
      // Buckets of such stores seldom have names in DNS.
      builder.endpointOverride(URI.create(endpoint)).forcePathStyle(true);
    }
    if (!settings.region().isEmpty()) {
      builder.region(Region.of(settings.region()));
    } else if (!endpoint.isEmpty()) {
      builder.region(region());
    }
    return builder.build();
  }

  /** As the SDK would find it, which does not tell. */
  static String endpoint(S3Settings settings) {
    String configured = settings.endpoint();
    if (configured.isEmpty()) {
      configured = System.getProperty("aws.endpointUrlS3", "");
    }
    if (configured.isEmpty()) {
      configured = System.getenv().getOrDefault("AWS_ENDPOINT_URL_S3", "");
    }
    return configured.isEmpty() ? System.getenv().getOrDefault("AWS_ENDPOINT_URL", "") : configured;
  }

  /** Other stores take any; asking Amazon's machines for it would only take time. */
  private static Region region() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException e) {
      return Region.US_EAST_1;
    }
  }
}
