using ScottPlot;
using SkiaSharp;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>Gives ScottPlot the bundled font under its name.</summary>
internal sealed class BundledFontResolver : IFontResolver
{
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName != BundledFont.Family ? null : bold ? BundledFont.Bold : BundledFont.Normal;
}
