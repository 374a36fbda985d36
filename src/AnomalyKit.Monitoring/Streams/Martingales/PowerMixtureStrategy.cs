namespace AnomalyKit.Monitoring.Martingales;

/// <summary>Power bets of nine exponents, each with a ninth of the capital.</summary>
internal sealed record PowerMixtureStrategy : BettingStrategy
{
    public const string Name = "power-mixture";

    internal override IReadOnlyList<Bet> Bets => [.. Enumerable.Range(1, 9).Select(tenths => new PowerBet(tenths / 10.0))];

    internal override string Kind => Name;

    internal override Wealth Start() => new SeparateWealth(9);
}
