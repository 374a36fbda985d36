using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.Martingales;

/// <summary>One power bet.</summary>
internal sealed record PowerStrategy : BettingStrategy
{
    public const string Name = "power";

    public PowerStrategy(double epsilon)
    {
        if (!(epsilon > 0 && epsilon < 1))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The exponent of a power martingale must be above 0 and below 1.");
        Epsilon = epsilon;
    }

    public double Epsilon { get; }

    internal override IReadOnlyList<Bet> Bets => [new PowerBet(Epsilon)];

    internal override string Kind => Name;

    internal override Wealth Start() => new SeparateWealth(1);

    internal override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        writer.Set("epsilon", Epsilon);
    }
}
