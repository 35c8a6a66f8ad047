package io.levin.examples.text;

/** Some lines of a file, and the label that its folder gives. */
record Piece(String text, String label) {}
