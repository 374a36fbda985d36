using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How likely the values of a dimension are, by some trials.</summary>
internal interface IValueDensity
{
    double Draw(ref CounterRandom random);

    /// <summary>The logarithm of how much speaks for a value: of its probability where values are apart, of the components' heights where they are not.</summary>
    double LogDensity(double value);
}
