/** Starts the other processes of a run on this machine, and stands by them until they end. */
package io.levin.cli.launch;
