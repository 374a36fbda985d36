using ScottPlot;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>What all pictures have in common.</summary>
internal static class PictureStyle
{
    public static readonly Color Normal = Color.FromHex("#0072B2");
    public static readonly Color Fraud = Color.FromHex("#D55E00");
    public static readonly Color Ink = Color.FromHex("#222222");
    public static readonly Color Faint = Color.FromHex("#888888");

    /// <summary>Colours that also the colour-blind tell apart (M. Okabe, K. Ito, 2008), and two more.</summary>
    private static readonly Color[] Series =
    [
        Color.FromHex("#0072B2"), Color.FromHex("#D55E00"), Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), Color.FromHex("#E69F00"),
        Color.FromHex("#56B4E9"), Color.FromHex("#7A4EAB"), Color.FromHex("#8C6D31"), Color.FromHex("#222222"),
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
    public static Color SeriesColor(int index) => Series[index % Series.Length];

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
