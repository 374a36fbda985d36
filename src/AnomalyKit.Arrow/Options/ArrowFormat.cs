namespace AnomalyKit;

/// <summary>The two ways to put Arrow messages one after another.</summary>
public enum ArrowFormat
{
    /// <summary>The IPC file format (Feather 2), with a footer that lists the batches.</summary>
    File,

    /// <summary>The IPC stream format, for pipes and sockets.</summary>
    Stream,
}
