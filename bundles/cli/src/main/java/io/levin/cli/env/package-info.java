/** The cluster environment of a process, as text, as JSON, and by the file full. */
package io.levin.cli.env;
