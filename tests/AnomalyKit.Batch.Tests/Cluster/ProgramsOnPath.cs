namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>Tests that write programs, or change the PATH of this process. They run alone: a process that another test starts just then holds the file open for a moment, and the system refuses to run it.</summary>
[CollectionDefinition(nameof(ProgramsOnPath), DisableParallelization = true)]
public sealed class ProgramsOnPath;
