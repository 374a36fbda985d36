namespace AnomalyKit;

/// <summary>What is wrong with injected rows: the kinds of ADBench (S. Han et al., NeurIPS 2022).</summary>
public enum InjectedAnomalies
{
    /// <summary>Rows of a cluster with five times its covariance: odd for their surroundings.</summary>
    Local,

    /// <summary>Rows anywhere in the box around the data, a tenth wider.</summary>
    Global,

    /// <summary>Rows of cells that each occur, drawn column by column: odd only in what goes with what.</summary>
    Dependency,

    /// <summary>A group of rows of the shape of a cluster, five of its standard deviations away from it.</summary>
    Clustered,
}
