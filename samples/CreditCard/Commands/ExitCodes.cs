namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something went wrong; the message says what.</summary>
    public const int Failure = 1;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
