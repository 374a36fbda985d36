namespace AnomalyKit;

/// <summary>How the learning rate goes down from epoch to epoch.</summary>
public enum LearningRateSchedule
{
    /// <summary>It does not.</summary>
    Constant = 0,

    /// <summary>In a straight line: epoch e of E has the rate times (E − e) / E, counted from 0.</summary>
    Linear = 1,

    /// <summary>Half a cosine: epoch e of E has the rate times (1 + cos(π e / E)) / 2 (I. Loshchilov, F. Hutter, <i>SGDR</i>, 2017, without restarts).</summary>
    Cosine = 2,
}
