namespace AnomalyKit;

/// <summary>A place where runs are kept and read, with registered models: a file (<see cref="RunStore"/>) or a server.</summary>
public interface ITrackingStore : IRunTracker, IRunReader, IModelRegistry;
