using Microsoft.Extensions.Options;

namespace AnomalyKit.Configuration;

/// <summary>Refuses to start with a key that nobody reads.</summary>
/// <typeparam name="TOptions">The options of the section.</typeparam>
internal sealed class UnknownKeysCheck<TOptions>(Microsoft.Extensions.Configuration.IConfiguration configuration, string section, OptionKeys keys) : IValidateOptions<TOptions>
    where TOptions : class
{
    private volatile bool _hasStarted;

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        // A key that appears in a file while the host runs must not end the reading of models.
        if (_hasStarted)
            return ValidateOptionsResult.Success;
        var problems = UnknownKeys.Find(configuration.GetSection(section), keys);
        _hasStarted = problems.Count == 0;
        return _hasStarted ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
