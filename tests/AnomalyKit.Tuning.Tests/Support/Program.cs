namespace AnomalyKit.Tuning.Tests.Support;

/// <summary>What the tests do when they are started as a program: the work of one more process at a study.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args.Length == 0 || args[0] != "study")
            return 2;
        Studies.StudyChild.Run(args[1..]);
        return 0;
    }
}
