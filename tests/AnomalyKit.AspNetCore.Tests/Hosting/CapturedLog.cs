using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Tests.Hosting;

/// <summary>Keeps what is logged.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = [];

    public IReadOnlyCollection<(LogLevel Level, string Text)> Entries => _entries;

    /// <summary>Sees to it that no error was logged.</summary>
    public void HasNoProblems()
    {
        string[] problems = [.. _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Text)];
        Assert.True(problems.Length == 0, $"{problems.Length} errors were logged, the first: {problems.FirstOrDefault()}");
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel Level, string Text)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // A host that is left running must not fill the memory.
            if (entries.Count < 200_000)
                entries.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
        }
    }
}
