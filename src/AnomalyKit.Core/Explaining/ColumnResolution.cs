namespace AnomalyKit.Explaining;

/// <summary>How finely the values of a column are written: the digits behind the point that its training rows have, or of dates the days, hours or minutes. A number that is proposed has no more.</summary>
internal readonly struct ColumnResolution
{
    // Numbers have five digits anyway.
    private const int MostDecimals = 9;

    // A float32 lies this far from what was written, in parts of itself. Five digits are coarser.
    private const double Rounding = 1.2e-7;

    private static readonly long[] Steps = [TimeSpan.TicksPerDay, TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute];

    private readonly bool _isDate;
    private readonly int? _decimals;
    private readonly long _step;

    private ColumnResolution(bool isDate, int? decimals, long step) => (_isDate, _decimals, _step) = (isDate, decimals, step);

    /// <summary>The resolution of a column of numbers or dates, from the values that its profile keeps.</summary>
    public static ColumnResolution Of(ColumnProfile profile)
    {
        var values = profile.Sketch!.KeptValues.Span;
        if (profile.Kind == ColumnKind.DateTime)
            return new ColumnResolution(true, null, StepOf(values));
        int decimals = 0;
        foreach (double value in values)
        {
            while (decimals <= MostDecimals && Math.Abs(value - Math.Round(value, decimals)) > Rounding * Math.Abs(value))
                decimals++;
        }

        return new ColumnResolution(false, decimals <= MostDecimals ? decimals : null, 0);
    }

    /// <summary>The number that people read: five digits, no more of them behind the point than the column has; of dates whole seconds, or longer steps.</summary>
    public double Round(double number)
    {
        if (_isDate)
            return Math.Round(number / _step) * _step;
        double rounded = Math.Abs(number) < 1e15 && number == Math.Floor(number) ? number : NumberText.FiveDigits(number);
        return _decimals is { } decimals ? Math.Round(rounded, decimals) : rounded;
    }

    private static long StepOf(ReadOnlySpan<double> ticks)
    {
        foreach (long step in Steps)
        {
            bool isStep = true;
            foreach (double tick in ticks)
                isStep &= (long)tick % step == 0;
            if (isStep)
                return step;
        }

        return TimeSpan.TicksPerSecond;
    }
}
