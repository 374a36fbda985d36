using System.Globalization;
using AnomalyKit.Configuration;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Checks;

/// <summary>Holds <see cref="AnomalyServingOptions"/> to their ranges.</summary>
internal sealed class ServingOptionsCheck : IValidateOptions<AnomalyServingOptions>
{
    public ValidateOptionsResult Validate(string? name, AnomalyServingOptions options)
    {
        var problems = new List<string>();
        Range(nameof(options.MaxRequestBytes), options.MaxRequestBytes, 1024, 1L << 30);
        Range(nameof(options.MaxRequestRows), options.MaxRequestRows, 1, 100_000_000);
        Range(nameof(options.MaxConcurrentRequests), options.MaxConcurrentRequests, 1, 1_000_000);
        Range(nameof(options.MaxScoringRequests), options.MaxScoringRequests, 0, 10_000);
        Range(nameof(options.MaxBufferedBytes), options.MaxBufferedBytes, options.MaxRequestBytes, 1L << 42);
        Range(nameof(options.MaxStreams), options.MaxStreams, 1, 100_000);
        Range(nameof(options.MaxLineBytes), options.MaxLineBytes, 1024, 1 << 28);
        Range(nameof(options.MaxExplainedRows), options.MaxExplainedRows, 0, 1_000_000);
        Time(nameof(options.MaxWaitTime), options.MaxWaitTime, TimeSpan.Zero, TimeSpan.FromHours(1));
        Time(nameof(options.MaxBodyTime), options.MaxBodyTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Time(nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Time(nameof(options.StreamIdleTime), options.StreamIdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Time(nameof(options.MaxExplainTime), options.MaxExplainTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        KeyOptionsCheck.Add(problems, options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Range(string option, long value, long min, long max)
        {
            if (value < min || value > max)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{AnomalyServingOptions.SectionName}:{option} is {value}; it must be between {min} and {max}."));
        }

        void Time(string option, TimeSpan value, TimeSpan min, TimeSpan max)
        {
            if (value < min || value > max)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{AnomalyServingOptions.SectionName}:{option} is {value}; it must be between {min} and {max}.{DurationText.HintOf(value)}"));
        }
    }
}
