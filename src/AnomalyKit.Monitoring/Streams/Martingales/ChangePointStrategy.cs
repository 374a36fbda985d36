namespace AnomalyKit.Monitoring.Martingales;

/// <summary>Bets of several sizes in both directions, started from a reserve at every row.</summary>
internal sealed record ChangePointStrategy : BettingStrategy
{
    public const string Name = "change-point";

    internal override IReadOnlyList<Bet> Bets =>
    [
        new LinearBet(0.2), new LinearBet(0.5), new LinearBet(0.9), new PowerBet(0.5),
        new LinearBet(-0.2), new LinearBet(-0.5), new LinearBet(-0.9), new PowerBet(0.5, mirrored: true),
    ];

    internal override string Kind => Name;

    internal override Wealth Start() => new ReserveWealth(8);
}
