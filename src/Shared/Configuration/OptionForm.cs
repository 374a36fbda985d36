namespace AnomalyKit.Configuration;

/// <summary>What a key of the configuration holds.</summary>
internal enum OptionForm
{
    /// <summary>One value, and no keys below it.</summary>
    Value,

    /// <summary>One value that is a length of time.</summary>
    Duration,

    /// <summary>Keys of known names.</summary>
    Section,

    /// <summary>Keys of any name.</summary>
    Dictionary,

    /// <summary>Keys that are numbers.</summary>
    List,

    /// <summary>Anything.</summary>
    Any,
}
