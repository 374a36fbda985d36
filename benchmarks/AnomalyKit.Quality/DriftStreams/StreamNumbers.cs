using AnomalyKit.Numerics;

namespace AnomalyKit.Quality;

/// <summary>Simulated values, from a counter-based generator: the same at every run.</summary>
internal static class StreamNumbers
{
    /// <summary>Standard normal values.</summary>
    public static double[] Normal(ref CounterRandom random, int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i += 2)
        {
            // Both branches of Box and Muller.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = radius * cosine;
            if (i + 1 < count)
                values[i + 1] = radius * sine;
        }

        return values;
    }
}
