using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How likely the values of a dimension are, by some trials.</summary>
internal interface IValueDensity
{
    double Draw(ref CounterRandom random);

    /// <summary>The logarithm of the density at a value, or of its probability where values are apart.</summary>
    double LogDensity(double value);
}
