namespace AnomalyKit;

/// <summary>The least and the greatest values, each with the next different one and how often it occurs.</summary>
internal sealed class Extremes
{
    public End Least { get; } = new(isGreatest: false);

    public End Greatest { get; } = new(isGreatest: true);

    public void Add(double value)
    {
        Least.Add(value);
        Greatest.Add(value);
    }

    /// <summary>One end of the values.</summary>
    internal sealed class End(bool isGreatest)
    {
        /// <summary>The outermost value; NaN where there is none.</summary>
        public double Value { get; private set; } = double.NaN;

        /// <summary>How often it occurs.</summary>
        public long Count { get; private set; }

        /// <summary>The outermost of the other values; NaN where there is none.</summary>
        public double Next { get; private set; } = double.NaN;

        public void Add(double value)
        {
            if (value == Value)
                Count++;
            else if (!IsInside(value, Value))
                (Value, Count, Next) = (value, 1, Value);
            else if (!IsInside(value, Next))
                Next = value;
        }

        /// <summary>Whether a value lies on the inner side of another one, or is equal to it; false where that is NaN.</summary>
        private bool IsInside(double value, double other) => isGreatest ? value <= other : value >= other;
    }
}
