using ScottPlot;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>What all pictures have in common.</summary>
internal static class PictureStyle
{
    public static readonly Color Normal = Color.FromHex("#0072B2");
    public static readonly Color Fraud = Color.FromHex("#D55E00");
    public static readonly Color Ink = Color.FromHex("#222222");
    public static readonly Color Faint = Color.FromHex("#888888");

    /// <summary>Ten colours that also the colour-blind tell apart, each with dashes of its own; report.css has the same.</summary>
    private static readonly (Color Color, LinePattern Pattern)[] Series =
    [
        (Color.FromHex("#5460C6"), LinePattern.Solid),
        (Color.FromHex("#965400"), Dashes(18, 6)),
        (Color.FromHex("#003600"), Dashes(4, 6)),
        (Color.FromHex("#6C3C7E"), Dashes(20, 6, 4, 6)),
        (Color.FromHex("#CC8400"), Dashes(10, 6)),
        (Color.FromHex("#3024AE"), Dashes(28, 8)),
        (Color.FromHex("#1C1C1C"), LinePattern.Solid),
        (Color.FromHex("#767676"), Dashes(8, 4, 2, 4)),
        (Color.FromHex("#C01842"), Dashes(24, 6, 4, 6, 4, 6)),
        (Color.FromHex("#3C9CD2"), Dashes(6, 4)),
    ];

    static PictureStyle()
    {
        if (BundledFont.Normal is null)
            return;
        Fonts.FontResolvers.Insert(0, new BundledFontResolver());
        Fonts.Default = BundledFont.Family;
        Fonts.Sans = BundledFont.Family;
    }

    /// <summary>The colour of the i-th of several.</summary>
    public static Color SeriesColor(int index) => Series[index % Series.Length].Color;

    /// <summary>The dashes of the i-th of several.</summary>
    public static LinePattern SeriesPattern(int index) => Series[index % Series.Length].Pattern;

    private static LinePattern Dashes(params float[] lengths) => new(lengths, 0, string.Join(' ', lengths));

    /// <summary>An empty plot in this style.</summary>
    public static Plot NewPlot(string title)
    {
        var plot = new Plot();
        plot.Title(title, 17);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Color.FromHex("#E6E6E6");
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = 15;
        plot.Axes.Left.Label.FontSize = 15;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 13;
        plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Legend.FontSize = 13;
        plot.Legend.SymbolWidth = 32;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.9);
        plot.Legend.OutlineColor = Color.FromHex("#CCCCCC");
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>A plot as a PNG file.</summary>
    public static byte[] Png(Plot plot, int width, int height)
    {
        using var image = plot.GetImage(width, height);
        return image.GetImageBytes(ImageFormat.Png);
    }
}
