namespace AnomalyKit.Monitoring.Martingales;

/// <summary>Bets that keep their own capital: the mean of martingales. Each is kept as a logarithm, so that none is lost however small it becomes.</summary>
internal sealed class SeparateWealth : Wealth
{
    private readonly double[] _logs;

    public SeparateWealth(int bets)
    {
        _logs = new double[bets];
        Array.Fill(_logs, -Math.Log(bets));
    }

    public override double LogCapital
    {
        get
        {
            double greatest = Greatest();
            if (double.IsNegativeInfinity(greatest) || _logs.Length == 1)
                return greatest;
            double sum = 0;
            foreach (double log in _logs)
                sum += Math.Exp(log - greatest);
            return greatest + Math.Log(sum);
        }
    }

    public override void Apply(ReadOnlySpan<double> factors, long count)
    {
        for (int i = 0; i < _logs.Length; i++)
            _logs[i] += Math.Log(factors[i]);
    }

    // The sum is at most the number of bets times the greatest: mostly that is too little already.
    public override bool Reaches(double logLimit) => Greatest() + Math.Log(_logs.Length) >= logLimit && LogCapital >= logLimit;

    public override double[] Save() => [.. _logs];

    public override bool TryLoad(ReadOnlySpan<double> saved)
    {
        if (saved.Length != _logs.Length)
            return false;
        foreach (double log in saved)
        {
            if (double.IsNaN(log) || double.IsPositiveInfinity(log))
                return false;
        }

        saved.CopyTo(_logs);
        return true;
    }

    private double Greatest()
    {
        double greatest = double.NegativeInfinity;
        foreach (double log in _logs)
            greatest = Math.Max(greatest, log);
        return greatest;
    }
}
