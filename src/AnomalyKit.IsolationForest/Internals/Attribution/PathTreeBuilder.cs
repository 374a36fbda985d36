namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Lays out trees for attributions, one after the other. Paths are followed with a stack, so that no tree is too deep.</summary>
internal sealed class PathTreeBuilder
{
    private readonly IsolationForestModel _model;
    private readonly float[] _thresholds;
    private readonly PathNode[] _nodes;
    private readonly int[] _columns;
    private readonly int[] _groups;
    private readonly AveragePathLength _averages;
    private readonly int[] _splits;
    private readonly int[] _positions;
    private readonly int[] _lastBranch;
    private readonly Stack<(int Node, int Depth, Stage Stage)> _open = new();
    private int _first;

    /// <param name="model">The trees.</param>
    /// <param name="thresholds">The thresholds of all nodes in terms of the rows.</param>
    /// <param name="forest">Receives the splits; it knows its columns and groups already.</param>
    /// <param name="groups">The group of each column.</param>
    public PathTreeBuilder(IsolationForestModel model, float[] thresholds, PathForest forest, ColumnGroups groups)
    {
        _model = model;
        _thresholds = thresholds;
        _nodes = forest.Nodes;
        _columns = forest.Columns;
        _groups = [.. forest.Columns.Select(column => Array.BinarySearch(forest.Groups, groups.GroupOf[column]))];
        _averages = new AveragePathLength(model.SampleSize);
        _splits = new int[model.Feature.Length];
        Array.Fill(_splits, -1);
        for (int split = 0; split < model.Categories?.Nodes.Length; split++)
            _splits[model.Categories.Nodes[split]] = split;
        _positions = new int[model.Feature.Length];
        _lastBranch = new int[forest.Groups.Length];
        Array.Fill(_lastBranch, -1);
    }

    private enum Stage
    {
        Arrive,
        TurnRight,
        Leave,
    }

    public PathTree Build(int tree)
    {
        int start = _model.TreeStarts[tree];
        int end = _model.TreeStarts[tree + 1];
        int inner = 0;
        int count = 0;
        for (int at = start; at < end; at++)
        {
            count += IsLeaf(at) ? 0 : 1;
            inner += IsLeaf(at) || IsPair(start, at) ? 0 : 1;
        }

        (int nextInner, int nextPair) = (0, inner);
        for (int at = start; at < end; at++)
            _positions[at] = IsLeaf(at) ? -1 : IsPair(start, at) ? nextPair++ : nextInner++;
        (int players, double mean) = Follow(start);
        int rows = 1;
        for (int i = _first; i < _first + count; i++)
            _nodes[i].Coefficients = _nodes[i].Above < 0 ? 0 : rows++;
        _first += count;
        return new PathTree(_first - count, count, inner, rows, Math.Max(1, (players + 7) / 8), mean);
    }

    private bool IsLeaf(int at) => _model.Feature[at] < 0;

    private bool IsPair(int start, int at) => IsLeaf(start + _model.Left[at]) && IsLeaf(start + _model.Left[at] + 1);

    /// <summary>Follows all paths and fills the splits.</summary>
    /// <returns>The most groups that one path splits, and the mean path length.</returns>
    private (int Players, double Mean) Follow(int start)
    {
        int players = 0;
        int most = 0;
        double mean = 0;
        _open.Push((start, 0, Stage.Arrive));
        while (_open.TryPop(out var step))
        {
            var (at, depth, stage) = step;
            if (IsLeaf(at))
            {
                mean += PathLength(at, depth) * _model.Size[at] / _model.Size[start];
                continue;
            }

            int left = start + _model.Left[at];
            int position = _positions[at];
            ref var node = ref _nodes[_first + position];
            switch (stage)
            {
                case Stage.Arrive:
                    Fill(ref node, at, left, depth);
                    most = Math.Max(most, players += node.Above < 0 ? 1 : 0);
                    _lastBranch[node.Group] = 2 * position;
                    _open.Push((at, depth, Stage.TurnRight));
                    _open.Push((left, depth + 1, Stage.Arrive));
                    break;
                case Stage.TurnRight:
                    _lastBranch[node.Group] = (2 * position) + 1;
                    _open.Push((at, depth, Stage.Leave));
                    _open.Push((left + 1, depth + 1, Stage.Arrive));
                    break;
                default:
                    _lastBranch[node.Group] = node.Above;
                    players -= node.Above < 0 ? 1 : 0;
                    break;
            }
        }

        return (most, mean);
    }

    private void Fill(ref PathNode node, int at, int left, int depth)
    {
        node.Column = Array.BinarySearch(_columns, _model.Feature[at]);
        node.Group = _groups[node.Column];
        node.Threshold = _thresholds[at];
        node.Split = _splits[at];
        node.LeftCover = (double)_model.Size[left] / _model.Size[at];
        node.Left = _positions[left];
        node.Right = _positions[left + 1];
        node.LeftValue = node.Left < 0 ? PathLength(left, depth + 1) : 0;
        node.RightValue = node.Right < 0 ? PathLength(left + 1, depth + 1) : 0;
        node.Above = _lastBranch[node.Group];
        if (node.Above >= 0)
            _nodes[_first + (node.Above >> 1)].HasSameBelow = true;
    }

    /// <summary>The path length of a leaf before rounding.</summary>
    private double PathLength(int leaf, int depth) => depth + _averages.Of(_model.Size[leaf]);
}
