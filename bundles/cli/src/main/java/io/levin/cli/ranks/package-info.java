/** What all processes of a launcher say of themselves, in one report. */
package io.levin.cli.ranks;
