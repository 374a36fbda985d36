namespace AnomalyKit.Tracking.Tests.Support;

/// <summary>What the tests do when they are started as a program: the work of one more process at a store.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Action<string[]>> Commands = new(StringComparer.Ordinal)
    {
        ["count"] = Storage.CountingChild.Run,
        ["log"] = Stores.LoggingChild.Run,
    };

    public static int Main(string[] args)
    {
        if (args.Length == 0 || !Commands.TryGetValue(args[0], out var command))
            return 2;
        command(args[1..]);
        return 0;
    }
}
