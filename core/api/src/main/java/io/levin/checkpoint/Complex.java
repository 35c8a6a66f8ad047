package io.levin.checkpoint;

/** A complex number. */
public record Complex(double real, double imaginary) {}
