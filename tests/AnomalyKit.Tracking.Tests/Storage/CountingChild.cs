using System.Globalization;
using AnomalyKit.Storage;

namespace AnomalyKit.Tracking.Tests.Storage;

/// <summary>A process that reads the last number and writes the next one, as claims of trials do.</summary>
internal static class CountingChild
{
    public static SchemaPart Part { get; } = new("numbers", "CREATE TABLE numbers (number INTEGER NOT NULL UNIQUE)");

    public static void Run(string[] args)
    {
        // All are there before the first one opens the file.
        Console.WriteLine("ready");
        Console.ReadLine();
        using var file = StoreFile.Open(args[0], new StoreFileOptions { BusyTimeout = Patience.Long }, Part);
        for (int i = 0; i < int.Parse(args[1], CultureInfo.InvariantCulture); i++)
            file.Write(session => session.Execute("INSERT INTO numbers VALUES (?1)", 1 + session.Number("SELECT coalesce(max(number), 0) FROM numbers")));
    }
}
