using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>The distribution that the made-up rows come from: a factor model with heavy tails for V1 to V28, and frauds of three kinds.</summary>
internal sealed class SyntheticModel
{
    /// <summary>Columns V1 to V28.</summary>
    public const int Components = 28;

    private const int Factors = 6;
    private const int Rings = 5;
    private const ulong LoadingsStream = ulong.MaxValue;

    private readonly double[] _deviations = new double[Components];
    private readonly double[] _loadings = new double[Components * Factors];
    private readonly double[] _own = new double[Components];
    private readonly double[] _ringShifts = new double[Rings * Components];

    public SyntheticModel(ulong seed)
    {
        var random = new CounterRandom(seed, LoadingsStream);
        for (int column = 0; column < Components; column++)
        {
            // Standard deviations as in the real set: from 1.96 of V1 down to 0.33 of V28.
            _deviations[column] = 1.96 - (column * (1.63 / (Components - 1)));
            double square = 0;
            for (int factor = 0; factor < Factors; factor++)
            {
                double loading = ExactRandom.Bell(ref random);
                _loadings[(column * Factors) + factor] = loading;
                square += loading * loading;
            }

            // Factors carry 70 % of a column's variance, the rest is its own.
            double share = Math.Sqrt(0.7 / square);
            for (int factor = 0; factor < Factors; factor++)
                _loadings[(column * Factors) + factor] *= share;
            _own[column] = Math.Sqrt(0.3);
        }

        for (int ring = 0; ring < Rings; ring++)
            DrawRing(ref random, _ringShifts.AsSpan(ring * Components, Components));
    }

    /// <summary>A normal row: correlated through the factors, and as a whole far out now and then.</summary>
    public void Normal(ref CounterRandom random, Span<float> components)
    {
        double scale = ExactRandom.HeavyScale(ref random);
        Span<double> cells = stackalloc double[Components];
        Correlated(ref random, cells);
        for (int column = 0; column < Components; column++)
            components[column] = (float)(_deviations[column] * scale * cells[column]);
    }

    /// <summary>A fraud: of a ring that repeats itself, or scattered, or like a normal row in all but a few columns.</summary>
    public void Fraud(ref CounterRandom random, Span<float> components)
    {
        double kind = random.NextDouble();
        if (kind < 0.6)
            RingFraud(ref random, components);
        else if (kind < 0.9)
            ScatteredFraud(ref random, components);
        else
            HiddenFraud(ref random, components);
    }

    /// <summary>A ring moves some columns by a few deviations; its frauds lie close together.</summary>
    private static void DrawRing(ref CounterRandom random, Span<double> shifts)
    {
        Span<int> moved = stackalloc int[12];
        random.SampleWithoutReplacement(Components, moved);
        foreach (int column in moved)
        {
            double sign = random.NextInt32(2) == 0 ? -1 : 1;
            shifts[column] = sign * ExactRandom.Between(ref random, 3, 7);
        }
    }

    private void RingFraud(ref CounterRandom random, Span<float> components)
    {
        var shifts = _ringShifts.AsSpan(random.NextInt32(Rings) * Components, Components);
        Span<double> cells = stackalloc double[Components];
        Correlated(ref random, cells);
        for (int column = 0; column < Components; column++)
            components[column] = (float)(_deviations[column] * ((0.8 * cells[column]) + shifts[column]));
    }

    /// <summary>Each column by itself, so that the correlations break, and further out than usual.</summary>
    private void ScatteredFraud(ref CounterRandom random, Span<float> components)
    {
        for (int column = 0; column < Components; column++)
            components[column] = (float)(_deviations[column] * 2.2 * ExactRandom.HeavyScale(ref random) * ExactRandom.Bell(ref random));
    }

    private void HiddenFraud(ref CounterRandom random, Span<float> components)
    {
        Normal(ref random, components);
        for (int i = 0; i < 3; i++)
        {
            int column = random.NextInt32(Components);
            components[column] += (float)(_deviations[column] * 1.5 * ExactRandom.Bell(ref random));
        }
    }

    private void Correlated(ref CounterRandom random, Span<double> cells)
    {
        Span<double> factors = stackalloc double[Factors];
        foreach (ref double factor in factors)
            factor = ExactRandom.Bell(ref random);
        for (int column = 0; column < Components; column++)
        {
            double sum = _own[column] * ExactRandom.Bell(ref random);
            for (int factor = 0; factor < Factors; factor++)
                sum += _loadings[(column * Factors) + factor] * factors[factor];
            cells[column] = sum;
        }
    }
}
