using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The probabilities of choices: each observation stands for its own choice and, a little, for all others; the prior for all alike.</summary>
internal sealed class ChoiceDensity : IValueDensity
{
    private readonly double[] _probabilities;

    public ChoiceDensity(ChoiceDimension dimension, ReadOnlySpan<double> observations)
    {
        int choices = dimension.Count;
        double[] weights = ParzenWeights.Of(observations.Length);
        double other = 1.0 / (observations.Length + 1);
        double own = 1 + (choices * other);
        _probabilities = new double[choices];
        for (int choice = 0; choice < choices; choice++)
            _probabilities[choice] = weights[^1] / choices;
        for (int i = 0; i < observations.Length; i++)
        {
            for (int choice = 0; choice < choices; choice++)
                _probabilities[choice] += weights[i] * ((choice == (int)observations[i] ? 1 : 0) + other) / own;
        }
    }

    public double Draw(ref CounterRandom random) => ParzenWeights.Pick(_probabilities, random.NextDouble());

    public double LogDensity(double value) => Math.Log(_probabilities[(int)value]);
}
