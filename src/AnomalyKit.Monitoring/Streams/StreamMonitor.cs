using System.Globalization;

namespace AnomalyKit;

/// <summary>Watches a stream of single numbers: scores, the values of a column, or the ranks of either.</summary>
public abstract class StreamMonitor : DriftMonitor
{
    private protected StreamMonitor()
    {
    }

    /// <summary>Watches the next value.</summary>
    /// <param name="value">The value; NaN is refused, and so is what the monitor says.</param>
    /// <returns>Whether drift was detected by this value. <see langword="true"/> once for a change, not as long as it lasts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value cannot be watched; nothing was changed.</exception>
    public bool Update(double value)
    {
        if (!IsEnabled)
            return false;
        if (!Accepts(value))
            throw Refuse(value, 0);
        return Watch(value);
    }

    /// <summary>Watches the next values, in order: the same as watching them one by one.</summary>
    /// <param name="values">The values.</param>
    /// <returns>How often drift was detected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value cannot be watched; nothing was changed.</exception>
    public int UpdateAll(ReadOnlySpan<double> values)
    {
        if (!IsEnabled)
            return 0;
        ThrowIfUnacceptable(values);
        int detections = 0;
        foreach (double value in values)
        {
            if (Watch(value))
                detections++;
        }

        return detections;
    }

    /// <summary>Refuses values of which one cannot be watched.</summary>
    /// <param name="values">The values.</param>
    /// <param name="before">How many values come before them that were not watched yet.</param>
    internal void ThrowIfUnacceptable(ReadOnlySpan<double> values, int before = 0)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!Accepts(values[i]))
                throw Refuse(values[i], before + i);
        }
    }

    /// <summary>Which values can be watched, as part of a sentence.</summary>
    private protected abstract string Expected { get; }

    private protected abstract bool Accepts(double value);

    /// <summary>Takes a value in.</summary>
    /// <returns>Whether the limit is reached.</returns>
    private protected abstract bool Step(double value);

    private bool Watch(double value)
    {
        bool reached = Step(value);
        Count++;
        return Counted(reached);
    }

    private ArgumentOutOfRangeException Refuse(double value, int at) => new(
        nameof(value),
        value,
        string.Create(CultureInfo.InvariantCulture, $"Value {Count + at} of the stream{(Subject.Length > 0 ? $" '{Subject}'" : string.Empty)} is {value}; {Expected}."));
}
