package dev.lanewise.kernel;

/**
 * A process that compares the first call of every kernel, which is interpreted, with later ones up to the 20,000th,
 * which are compiled. One line for the kernel set, the one of that number, and one for whatever differs.
 */
final class RepeatedCalls {

  private RepeatedCalls() {}

  public static void main(String[] args) {
    Kernels kernels = KernelSets.present().get(Integer.parseInt(args[0]));
    int count = 0;
    for (SmallCalls.Call call : SmallCalls.of(kernels)) {
      call.run();
      float[] first = call.result();
      for (int i = 2; i <= call.times; i++) {
        call.run();
        if (!call.hasResult(first)) {
          System.out.println(kernels.name() + " " + call.name + ": call " + i + " differs from the first");
          break;
        }
      }
      count++;
    }
    System.out.println(kernels.name() + ": " + count + " calls compared");
  }
}
