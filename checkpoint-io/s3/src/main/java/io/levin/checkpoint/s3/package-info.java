/** Checkpoints in S3 and stores that speak its protocol. */
package io.levin.checkpoint.s3;
