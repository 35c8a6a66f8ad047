/** What a machine has and lacks for training, and what to do about it. */
package io.levin.cli.doctor;
