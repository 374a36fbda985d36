using System.Globalization;

namespace AnomalyKit;

/// <summary>A range of numbers. Samplers see it on an axis on which equal lengths are equally likely: the logarithm of the value where the range is logarithmic.</summary>
internal sealed class NumberDimension : SearchDimension
{
    private readonly string _before;

    /// <param name="name">The option's name.</param>
    /// <param name="setter">How values get into a trainer.</param>
    /// <param name="range">The values.</param>
    /// <param name="before">What stands before the number in the option's text, for example <c>rbf:</c>.</param>
    public NumberDimension(string name, OptionSetter setter, NumberRange range, string before = "")
        : base(name, setter)
    {
        _before = before;
        Range = range;
        double margin = 0.5 * range.Step;
        AxisLow = ToAxis(range.Low - margin);
        AxisHigh = ToAxis(range.High + margin);
    }

    public NumberRange Range { get; }

    /// <summary>Where the axis begins: with a step half of one before the lowest value, so that the ends are as likely as the others.</summary>
    public double AxisLow { get; }

    /// <summary>Where the axis ends.</summary>
    public double AxisHigh { get; }

    /// <summary>The length on the axis that one value takes; 0 where values are points. Whole numbers on a logarithmic axis are taken as points.</summary>
    public double AxisStep => Range.IsLogarithmic ? 0 : Range.Step;

    public override long? ValueCount => Range.Count;

    internal override IEnumerable<double> Ends => [Range.Low, Range.High];

    public double ToAxis(double value) => Range.IsLogarithmic ? Math.Log(value) : value;

    public double FromAxis(double place) => Range.Snap(Range.IsLogarithmic ? Math.Exp(place) : place);

    public override string ToString() => $"{Name}: {(_before.Length > 0 ? $"{_before} " : string.Empty)}{Range}";

    internal override double FromUnit(double unit) => FromAxis(AxisLow + (unit * (AxisHigh - AxisLow)));

    internal override IReadOnlyList<double> Spread(int points)
    {
        if (Range.Count is { } count && count <= points)
            return [.. Enumerable.Range(0, (int)count).Select(step => Range.Snap(Range.Low + (step * Range.Step)))];
        (double low, double high) = (ToAxis(Range.Low), ToAxis(Range.High));
        return [.. Enumerable.Range(0, points).Select(i => i == 0 ? Range.Low : i == points - 1 ? Range.High : Range.Snap(Rounded(FromAxis(low + (i * (high - low) / (points - 1)))))).Distinct()];
    }

    /// <summary>Twelve digits, so that a tenth and a hundred are what people would write.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    internal override bool Contains(double value) => Range.Contains(value);

    internal override string TextOf(double value) => _before + Range.Text(value);
}
