/** Plans as text, as JSON, and by the file full. */
package io.levin.cli.plan;
