using Microsoft.Extensions.Options;

namespace AnomalyKit.Configuration;

/// <summary>Refuses to start with a configuration that would be left out or misread.</summary>
/// <remarks>It comes before the binding, whose errors name the type of .NET that a value does not fit, and no remedy.</remarks>
/// <typeparam name="TOptions">The options of the section.</typeparam>
internal sealed class MisreadKeysCheck<TOptions>(Microsoft.Extensions.Configuration.IConfiguration configuration, string section, OptionKeys keys) : IConfigureOptions<TOptions>
    where TOptions : class
{
    private volatile bool _hasStarted;

    /// <exception cref="OptionsValidationException">A key or a value would be misread.</exception>
    public void Configure(TOptions options)
    {
        // A key that appears in a file while the host runs must not end the reading of models.
        if (_hasStarted)
            return;
        var problems = MisreadKeys.Find(configuration.GetSection(section), keys);
        if (problems.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), problems);
        _hasStarted = true;
    }
}
