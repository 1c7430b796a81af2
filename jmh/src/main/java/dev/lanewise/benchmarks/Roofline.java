package dev.lanewise.benchmarks;

import dev.lanewise.benchmarks.ProductsTable.Product;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Each product as a point, FLOP for each byte of its operands and result against GFLOP/s, under the roof that memory
 * and the peak put over them. A point above the slope of memory has its operands in a cache.
 */
final class Roofline {

  private static final int WIDTH = 1100;
  private static final int HEIGHT = 700;
  private static final double LEAST_INTENSITY = 0.25;
  private static final double MOST_INTENSITY = 512;

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private Roofline() {}

  /**
   * Draws it.
   *
   * @param products those that training calls
   * @param peak GFLOP/s
   * @param bandwidth GB/s
   */
  static XYChart chart(List<Product> products, double peak, double bandwidth) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT)
            .title("Products of training: peak %.0f GFLOP/s, memory %.0f GB/s, one thread".formatted(peak, bandwidth))
            .xAxisTitle("FLOP for each byte of operands and result").yAxisTitle("GFLOP/s").build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(LEAST_INTENSITY).setXAxisMax(MOST_INTENSITY).setYAxisMin(1.0).setYAxisMax(1000.0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE).setMarkerSize(8);
    double ridge = peak / bandwidth;
    XYSeries roof =
        chart.addSeries(
            "roof", new double[] {LEAST_INTENSITY, ridge, MOST_INTENSITY},
            new double[] {LEAST_INTENSITY * bandwidth, peak, peak});
    roof.setMarker(SeriesMarkers.NONE).setLineColor(Color.DARK_GRAY);
    roof.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    points(chart, "OpenBLAS", products, Product::openBlas, SeriesMarkers.DIAMOND, new Color(0xE69F00));
    points(chart, "BLIS", products, Product::blis, SeriesMarkers.TRIANGLE_UP, new Color(0x009E73));
    points(chart, "Lanewise", products, Product::ours, SeriesMarkers.CIRCLE, new Color(0x0072B2));
    return chart;
  }

  private static void points(
      XYChart chart, String name, List<Product> products, Function<Product, OptionalDouble> speed, Marker marker,
      Color color) {
    List<Product> measured = products.stream().filter(product -> speed.apply(product).isPresent()).toList();
    if (measured.isEmpty()) {
      return; // not installed
    }
    XYSeries series =
        chart.addSeries(
            name, measured.stream().mapToDouble(product -> product.shape().intensity()).toArray(),
            measured.stream().mapToDouble(product -> speed.apply(product).orElseThrow()).toArray());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(color);
  }

  /** Writes a PNG; nothing is shown. */
  static void write(XYChart chart, Path file) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    chart.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
