using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.Martingales;

/// <summary>Three linear bets; at each step a fraction of the capital is spread over all three.</summary>
internal sealed record SimpleJumperStrategy : BettingStrategy
{
    public const string Name = "simple-jumper";

    public SimpleJumperStrategy(double jump)
    {
        if (!(jump > 0 && jump <= 1))
            throw new ArgumentOutOfRangeException(nameof(jump), jump, "The fraction that a simple jumper moves must be above 0 and at most 1.");
        Jump = jump;
    }

    public double Jump { get; }

    // 1 + E(p − ½) is 1 + κ(1 − 2p) with κ = −E / 2.
    internal override IReadOnlyList<Bet> Bets => [new LinearBet(0.5), new LinearBet(0), new LinearBet(-0.5)];

    internal override string Kind => Name;

    internal override Wealth Start() => new JumpingWealth(3, Jump);

    internal override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        writer.Set("jump", Jump);
    }
}
