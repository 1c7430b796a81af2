package dev.lanewise.kernel.vector;

/**
 * What extends this is compiled by itself: C2 inlines none of its methods into code outside such classes, only methods
 * of theirs into each other; and into a method outside that it compiles by itself, where that calls one directly.
 *
 * <p>So what chooses among several of them is one of theirs, too, with a method outside between it and the kernel: then all that C2
 * compiles calls the same code. Else the chooser is called more often than each, C2 comes to it first, with what it calls in it, and the
 * methods themselves are called no more: a program whose own code C2 compiles later, with calls, has the first ones run without C2, and
 * allocates. That method outside may be compiled by itself, too, with the chooser in it and calls of what it chooses: so those are also
 * brought to speed by themselves.
 *
 * <p>C2 leaves calls to methods of a {@code Throwable} alone ("exception method" in what {@code -XX:+PrintInlining} says),
 * and Java has no other way to ask for that. Inlined into a step of training, kernels used up C2's limits on the size of
 * what it compiles at once. Small methods of the Vector API's and of ours were then left calls, their vectors objects,
 * and one process in six allocated at every step for as long as it ran. Nothing is ever thrown here.
 */
abstract class NotInlined extends Throwable {

  NotInlined() {
    super(null, null, false, false);
  }
}
